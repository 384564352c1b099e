import type { TrackId } from '../../sequence/song.ts'
import type { LocalSession } from './local-session.ts'
import { emptyTrack, songOf } from './local-song.ts'
import { openJam, press, shown } from './screen.ts'
import type { Screen } from './screen.ts'

export const BOS = 'bos' as TrackId
export const CYS = 'cys' as TrackId

/** The mixer of a jam with two more tracks, of bo and of cy. */
export interface MixerScreen {
  readonly screen: Screen
  readonly session: LocalSession
  strip(who: string): HTMLElement
}

export async function openMixer(): Promise<MixerScreen> {
  const { screen, session } = await openJam()
  session.song.set(songOf([emptyTrack(BOS, 'bo', 'bo', 1), emptyTrack(CYS, 'cy', 'cy', 2)]))
  await press(document.body, 'x')
  // Its part of the page comes late.
  await shown(() => screen.has('region', 'Mixer'))
  return { screen, session, strip: (who) => screen.role('region', `Strip of ${who}`) }
}
