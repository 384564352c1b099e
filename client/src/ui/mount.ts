import '@fontsource-variable/bricolage-grotesque/wght.css'
import '@fontsource-variable/inter/wght.css'
import { createApp } from 'vue'
import type { AppServices } from '../app/app-types.ts'
import type { Undo } from '../lib/scope.ts'
import App from './App.vue'
import './base.css'
import { provideClipboard } from './grid/roll-clipboard.ts'
import './controls.css'
import { wearTheme } from './theme.ts'
import './theme.css'
import './tokens.css'
import { provideServices } from './useServices.ts'

/** Shows the app in an element; errors that a component throws go to `services.report`. */
export function mountApp(root: Element, services: AppServices): Undo {
  const app = createApp(App)
  app.config.errorHandler = services.report
  provideServices(app, services)
  provideClipboard(app)
  const undress = wearTheme(document.documentElement, services.theme)
  app.mount(root)
  return () => {
    app.unmount()
    undress()
  }
}
