export { day, instant, instantExact, period } from './date'
export { listed } from './list'
export { count, decimal, drawn, missing, score, signed } from './number'
