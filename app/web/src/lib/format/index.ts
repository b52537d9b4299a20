export { day, instant, instantExact, period } from './date'
export { count, decimal, drawn, missing, score, signed } from './number'
