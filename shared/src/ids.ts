/** Names one tab in its room, for as long as its seat lasts: 26 characters of lower-case base32 (128 random bits). */
export type PeerId = string & { readonly brand: 'PeerId' }

/** Names a room to the server: base32 of SHA-256 over the room's authKey; 52 characters. Says nothing of the room's name. */
export type RoomId = string & { readonly brand: 'RoomId' }

const PEER_ID = /^[a-z2-7]{26}$/
const ROOM_ID = /^[a-z2-7]{52}$/

export const isPeerId = (text: unknown): text is PeerId =>
  typeof text === 'string' && PEER_ID.test(text)

export const isRoomId = (text: unknown): text is RoomId =>
  typeof text === 'string' && ROOM_ID.test(text)
