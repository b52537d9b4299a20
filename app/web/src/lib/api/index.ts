import type { components } from './schema.gen'

export { api, isReady, once, onConnectionLost, onSessionEnd } from './client'
export { Problem, Unreachable, isProblem } from './problem'
export { type ApiPage, usePaged } from './paged'
export { queries } from './query'

/** The contract's types by name: `Schema<'Period'>`. */
export type Schema<Name extends keyof components['schemas']> = components['schemas'][Name]
