export { Theme, useScheme } from './theme'
export { type Scheme, type Standing, heat, inks, perspectives, shapes, standings } from './tokens'
