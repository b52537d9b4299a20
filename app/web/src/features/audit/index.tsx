export { LineagePage } from './lineage-page'
export { TrailPage } from './trail-page'
