/**
 * The script that lets out the disc in a drive ("D:"). By itself it does what "Eject" in the Explorer does, which
 * unmounts first and refuses while files are open; with `force` it opens the door by the Media Control
 * Interface, as a player program does (learn.microsoft.com: Shell.NameSpace, ssfDRIVES; mciSendString).
 */
export function ejectScript(letter: string, { force }: { force: boolean }): string {
  if (!/^[A-Z]:$/.test(letter)) throw new Error(`"${letter}" is no drive letter`);
  return force ? openDoor(letter) : ejectVerb(letter);
}

/** The verb works in the background, so that its program has to stay a moment. */
function ejectVerb(letter: string): string {
  return `
$ErrorActionPreference = 'Stop'
(New-Object -ComObject Shell.Application).NameSpace(17).ParseName('${letter}').InvokeVerb('Eject')
Start-Sleep -Seconds 3
`;
}

function openDoor(letter: string): string {
  return `
$ErrorActionPreference = 'Stop'
$winmm = Add-Type -Name Winmm -Namespace Discflow -PassThru -MemberDefinition @'
[DllImport("winmm.dll", CharSet = CharSet.Unicode)]
public static extern int mciSendString(string command, System.Text.StringBuilder answer, int length, IntPtr window);
'@
foreach ($command in 'open ${letter} type cdaudio alias disc', 'set disc door open', 'close disc') {
  $code = $winmm::mciSendString($command, $null, 0, [IntPtr]::Zero)
  if ($code -ne 0) { throw "MCI answered $code to: $command" }
}
`;
}
