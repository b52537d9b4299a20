export { BatchPage } from './batch-page'
export { ImportsPage } from './list-page'
export { NewImportPage } from './new-page'
