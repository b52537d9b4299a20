export { day, instant, instantExact, period } from './date'
export { listed } from './list'
export { type Named, latin } from './name'
export { count, decimal, drawn, missing, score, signed } from './number'
