# Process 1 of the guest, with the host's programs at hand: network, udev, and the agent that does
# what the tests ask for.
export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root
mkdir -p /dev/pts /run/udev
mount -t devpts devpts /dev/pts
busybox ip link set lo up
busybox ip link set eth0 up
busybox ip address add 10.0.2.15/24 dev eth0
/usr/lib/systemd/systemd-udevd --daemon
udevadm trigger --type=subsystems --action=add
udevadm trigger --type=devices --action=add
udevadm settle --timeout=20
"$(sed -n 's/.*node=\([^ ]*\).*/\1/p' /proc/cmdline)" /machine/guest/agent.mjs
echo o >/proc/sysrq-trigger
sleep 5
