type Stated<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** A statement without the properties that say nothing, ready to be laid over what is known. */
export function stated<T extends object>(statement: T): Stated<T> {
  const said = Object.entries(statement).filter(([, value]) => value !== undefined);
  return Object.fromEntries(said) as Stated<T>;
}
