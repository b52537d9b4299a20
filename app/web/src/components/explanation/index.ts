export { ItemRows, TotalRows } from './item-rows'
export {
  type Explanation, type Figures, type Item, type Segment, bulletOf, costly, counting, figuresOf, gradeMarks, itemOf, keyOf, leastPeers, segmentSteps,
  stepLabel, summaryOf, totalKey, totalSteps,
} from './model'
export { ResultCharts, ResultHead } from './summary'
export { explanationTexts } from './texts'
export { useExplanation, useResults, useUnits } from './read'
export { cardChanges, itemNames, itemsOf, monthsOf, totalsOf } from './trend'
export { ItemWhy, TraceLines, WhyPanel } from './why-panel'
