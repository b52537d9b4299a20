export { ReviewsPage } from './page'
