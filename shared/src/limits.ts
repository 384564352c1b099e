/** Longest text frame either side sends or takes, in bytes. A longer one is closed with 1009. */
export const MAX_FRAME_BYTES = 65_536

/** The same before the hello is answered. */
export const MAX_HELLO_BYTES = 16_384

/** Longest `data` of a signal, in characters. */
export const MAX_SIGNAL_CHARS = 16_384

/** Longest sealed profile, in bytes before base64url. */
export const MAX_SEALED_BYTES = 512

/** The same in base64url characters. */
export const MAX_SEALED_CHARS = Math.ceil((MAX_SEALED_BYTES * 4) / 3)

/** Longest seat certificate, in characters. */
export const MAX_CERTIFICATE_CHARS = 1_024

/** Longest name of a person, in graphemes. */
export const MAX_NAME_GRAPHEMES = 20

/** Longest name of a room, in graphemes. */
export const MAX_ROOM_GRAPHEMES = 40

/** Longest line of chat, in graphemes. */
export const MAX_CHAT_GRAPHEMES = 500

/** Longest `detail` of a refusal, in characters. */
export const MAX_DETAIL_CHARS = 200

/** Most entries in a list of ICE servers. */
export const MAX_ICE_SERVERS = 8

/** Most seats a room can be set to hold, so that a full roster still fits one frame. */
export const MAX_SEATS_PER_ROOM = 64

/** Longest payload of a relayed frame, in bytes: one frame of a data channel and what seals it. */
export const MAX_RELAY_PAYLOAD_BYTES = 17_408

/** Longest sealed slot, in bytes: the largest song that peers take from each other, and a moment's worth of what may stand beside it. */
export const MAX_SLOT_BYTES = 9 * 1024 * 1024

/** The server tells a sender of relayed `wait` frames how many payload bytes went on, each time so many more have. */
export const RELAY_REPORT_BYTES = 16_384
