import type { PeerId } from '@beatcord/shared'
import type { Diagnosis, Person, PersonDiagnosis, Trouble } from './states.ts'

export interface DiagnosisSources {
  readonly state: () => Omit<Diagnosis, 'others'>
  readonly people: () => readonly Person[]
  readonly triesOf: (peer: PeerId) => PersonDiagnosis['tries']
  readonly troubleOf: (peer: PeerId) => Trouble | undefined
}

export function diagnose(sources: DiagnosisSources): Diagnosis {
  const others = sources.people().flatMap((person) => {
    if (person.isMe) return []
    const peer = person.id as PeerId
    const trouble = sources.troubleOf(peer)
    const tries = sources.triesOf(peer)
    return [
      {
        person,
        ...(trouble !== undefined && { trouble }),
        ...(tries !== undefined && { tries }),
      },
    ]
  })
  return { ...sources.state(), others }
}
