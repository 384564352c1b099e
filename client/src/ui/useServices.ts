import { inject, provide } from 'vue'
import type { App, InjectionKey } from 'vue'
import type { AppServices } from '../app/app-types.ts'
import type { Session } from '../app/session-types.ts'
import { assert } from '../lib/assert.ts'

const SERVICES: InjectionKey<AppServices> = Symbol('services')
const SESSION: InjectionKey<Session> = Symbol('session')

export function provideServices(app: App, services: AppServices): void {
  app.provide(SERVICES, services)
}

export function useServices(): AppServices {
  const services = inject(SERVICES)
  assert(services !== undefined, 'services must be provided before a component is made')
  return services
}

/** To be called by the page of a jam; all below it find the session. */
export function provideSession(session: Session): void {
  provide(SESSION, session)
}

export function useSession(): Session {
  const session = inject(SESSION)
  assert(session !== undefined, 'a session must be provided by the page of the jam')
  return session
}
