#!/bin/busybox sh
# The guest's first program, in the initramfs: loads the drivers, lays the machine's own files and a
# writable layer over the host's root, which is read-only, and goes on there.
export PATH=/bin
mount -t proc proc /proc
mount -t sysfs sysfs /sys
mount -t devtmpfs devtmpfs /dev
while read -r module; do insmod "/modules/$module" 2>/dev/null; done </modules/order

share='trans=virtio,version=9p2000.L,ro,cache=loose,msize=512000'
mount -t 9p -o "$share" host /host && mount -t 9p -o "$share" machine /machine || exec sh
mount -t tmpfs tmpfs /layer
mkdir /layer/upper /layer/work
mount -t overlay -o lowerdir=/machine/programs:/host,upperdir=/layer/upper,workdir=/layer/work root /root

for folder in proc sys dev host machine; do
  mkdir -p /root/$folder
  mount -o move /$folder /root/$folder
done
mkdir -p /root/run /root/tmp
mount -t tmpfs tmpfs /root/run
mount -t tmpfs tmpfs /root/tmp
exec switch_root /root /bin/sh /machine/guest/boot.sh
