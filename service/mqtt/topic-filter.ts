/** Whether a topic falls under a subscription filter (MQTT 5, 4.7: "+" one level, "#" the rest). */
export function matchesFilter(filter: string, topic: string): boolean {
  const wanted = filter.split('/');
  const levels = topic.split('/');
  if (wanted.at(-1) === '#') {
    wanted.pop();
    if (levels.length < wanted.length) return false;
  } else if (levels.length !== wanted.length) return false;
  return wanted.every((level, index) => level === '+' || level === levels[index]);
}
