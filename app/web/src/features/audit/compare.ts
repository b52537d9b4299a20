/** One field of what was changed; undefined where it was not there. */
export interface FieldChange {
  field: string
  before: string | undefined
  after: string | undefined
}

/** Writes any value as a line of text. */
const line = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Every field of two states side by side, in the order in which they come up; a state that is no record is one field without a name. */
export function compareStates(before: unknown, after: unknown): FieldChange[] {
  if (!isRecord(before) && !isRecord(after)) {
    return before === undefined && after === undefined ? [] : [{ field: '', before: before === undefined ? undefined : line(before), after: after === undefined ? undefined : line(after) }]
  }
  const [old, now] = [isRecord(before) ? before : {}, isRecord(after) ? after : {}]
  return [...new Set([...Object.keys(old), ...Object.keys(now)])].map((field) => ({
    field,
    before: field in old ? line(old[field]) : undefined,
    after: field in now ? line(now[field]) : undefined,
  }))
}
