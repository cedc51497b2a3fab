/** `H:MM:SS`. */
export function durationText(seconds: number): string {
  const whole = Math.floor(seconds);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${Math.floor(whole / 3600)}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`;
}

const units = ['KB', 'MB', 'GB', 'TB'];

/** In powers of 1024, called by the names of powers of 1000. */
export function sizeText(bytes: number): string {
  let [value, unit] = [bytes / 1024, 0];
  for (; value >= 1024 && unit < units.length - 1; value /= 1024) unit++;
  return `${value.toFixed(1)} ${units[unit]}`;
}

/** Frame rates as the program writes them: decimal, and exact where that is no whole number. */
export function rateText(fps: number): string {
  const exact = { '23.976': '24000/1001', '29.97': '30000/1001', '59.94': '60000/1001' };
  const text = String(Number(fps.toFixed(3)));
  return text in exact ? `${text} (${exact[text as keyof typeof exact]})` : text;
}
