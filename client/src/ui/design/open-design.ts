import { createApp } from 'vue'
import type { Person } from '../../app/session-types.ts'
import { mountApp } from '../mount.ts'
import { createLocalApp } from '../testing/local-app.ts'
import { emptyTrack, withNotes } from '../testing/local-song.ts'
import { provideServices } from '../useServices.ts'
import DesignPage from './DesignPage.vue'

/**
 * `/design.html` of the development server: each part in all its states, in both themes. With `#jam-8` in the address, the
 * page of a jam of so many people, without a network or a sound. It is in no build.
 */

const NAMES = ['bo', 'cy', 'dax', 'flo', 'gus', 'hal', 'kim']
const JAM = /^#jam-(\d)$/

const root = document.querySelector('#app')
if (root === null) throw new Error('the page must hold an element #app, and holds none')
const services = createLocalApp()
const wanted = JAM.exec(location.hash)?.[1]

if (wanted === undefined) {
  const page = createApp(DesignPage)
  provideServices(page, services)
  page.mount(root)
} else {
  mountApp(root, services)
  await services.join({ kind: 'private' }, 'ana')
  await fill(Number(wanted))
}

/** Others of every kind of link, each with a loop of their own. */
async function fill(count: number): Promise<void> {
  const session = services.arrival.read()
  if (session === undefined) throw new Error('joining must lead into a jam, and did not')
  await session.startGroove()
  const links = ['direct', 'relayed', 'direct', 'connecting', 'direct', 'unreachable', 'direct']
  for (const [at, name] of NAMES.slice(0, count - 1).entries()) {
    const link = (links[at] ?? 'direct') as Person['link']
    const other: Person = {
      id: name,
      name,
      colour: at + 1,
      isMe: false,
      presence: at === 4 ? 'away' : 'here',
      role: 'player',
      link,
      stats: { route: link === 'relayed' ? 'server' : 'direct', rttMs: 20 + 9 * at },
      hears: true,
    }
    session.people.set([...session.people.read(), other])
    const notes = Array.from({ length: 5 }, (_, note) => ({
      step: (note * 3 + at) % 16,
      pitch: 57 + at * 3,
      velocity: 60 + at * 9,
      length: 1,
    }))
    const song = session.song.read()
    const track = withNotes(emptyTrack(`track-${name}`, name, name, at + 1), notes)
    session.song.set({ ...song, tracks: [...song.tracks, track] })
  }
}
