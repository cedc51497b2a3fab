import { z } from 'zod';

/** What a key takes, in words: "true or false", "auto, 4 or 5". Empty for free text, paths and sections. */
export function valueWords(schema: z.core.$ZodType): string {
  if (schema instanceof z.ZodBoolean) return 'true or false';
  if (schema instanceof z.ZodEnum) return oneOf(schema.options.map(String));
  if (schema instanceof z.ZodLiteral && schema.values.size > 1)
    return oneOf([...schema.values].map(String));
  if (schema instanceof z.ZodNumber) return numberWords(schema);
  if (schema instanceof z.ZodArray && !(schema.element instanceof z.ZodObject)) return 'a list';
  return '';
}

/** "a", "a or b", "a, b or c". */
export function oneOf(choices: readonly string[]): string {
  const last = choices.at(-1) ?? '';
  return choices.length < 2 ? last : `${choices.slice(0, -1).join(', ')} or ${last}`;
}

function numberWords({ minValue, maxValue, format }: z.ZodNumber): string {
  const kind = format === 'safeint' ? 'whole number' : 'number';
  return `${kind} from ${minValue} to ${maxValue}`;
}
