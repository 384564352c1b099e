import { INITIAL_SOUND, type TrackSound } from '../../sequence/track-sound.ts'
import type { LocalSession } from './local-session.ts'
import { click, shown } from './screen.ts'
import type { Screen } from './screen.ts'

/** The sound of the first track. */
export const soundIn = (session: LocalSession): TrackSound =>
  session.song.read().tracks[0]?.sound ?? INITIAL_SOUND

/** Opens a section of the sound panel and waits until its part is fetched. */
export async function openSection(screen: Screen, label: string): Promise<void> {
  await click(screen.role('tab', label))
  await shown(
    () =>
      screen.has('tabpanel', label) &&
      screen.role('tabpanel', label).querySelector('button, select, [role=slider]') !== null,
  )
}
