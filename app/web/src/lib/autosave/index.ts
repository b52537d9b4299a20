export { outbox } from './outbox'
export { type Answer, type CellState, type Known, type OnCell, Saver, type SaverStatus, type Sent, type Theirs, settle } from './saver'
