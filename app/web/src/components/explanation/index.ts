export { ItemRows, TotalRows } from './item-rows'
export {
  type Explanation, type Figures, type Item, type Segment, bulletOf, costly, counting, figuresOf, gradeMarks, itemOf, keyOf, leastPeers, segmentSteps,
  stepLabel, summaryOf, totalKey, totalSteps,
} from './model'
export { ResultCharts, ResultHead } from './summary'
export { explanationTexts } from './texts'
export { useExplanation, useUnits } from './read'
export { ItemWhy, TraceLines, WhyPanel } from './why-panel'
