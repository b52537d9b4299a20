export { DesignerPage } from './designer'
export { DifferencePage } from './difference'
export { ScorecardsPage } from './list'
export { SimulationPage } from './simulation'
