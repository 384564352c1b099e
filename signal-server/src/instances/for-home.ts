import type { Home } from './home-types.ts'
import type { InstanceId } from './directory.ts'
import type { Packet } from './packets.ts'

const FOR_HOME = ['join', 'say', 'unknock', 'reseat', 'look'] as const

/** What only the home of a room can do something about. */
export type PacketForHome = Extract<Packet, { type: (typeof FOR_HOME)[number] }>

export const isForHome = (packet: Packet): packet is PacketForHome =>
  FOR_HOME.some((type) => type === packet.type)

export function tellHome(home: Home, from: InstanceId, packet: Packet): void {
  if (!isForHome(packet)) return
  switch (packet.type) {
    case 'join':
      home.join(from, packet)
      return
    case 'say':
      home.say(from, packet)
      return
    case 'unknock':
      home.unknock(from, packet.sit)
      return
    case 'reseat':
      home.reseat(from, packet)
      return
    case 'look':
      home.look(from, packet)
  }
}
