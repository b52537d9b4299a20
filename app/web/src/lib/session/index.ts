export { type Me, type Session, SessionProvider, useSession, useWhoAmI, whoAmI } from './session'
