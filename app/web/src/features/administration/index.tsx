import './administration.css'

export { AccessPage } from './access-page'
export { GrantsPage } from './grants-page'
export { ResponsibilitiesPage } from './responsibilities-page'
export { RolesPage } from './roles-page'
export { UsersPage } from './users-page'
