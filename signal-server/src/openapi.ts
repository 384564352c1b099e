import * as z from 'zod/mini'
import { MAX_SLOT_BYTES } from '@beatcord/shared'
import packageJson from '../package.json' with { type: 'json' }
import { healthSchema, keysSchema, lanSchema, readySchema } from './http-answers.ts'

type Json = Readonly<Record<string, unknown>>

const json = (description: string, schema: z.core.$ZodType): Json => ({
  description,
  content: { 'application/json': { schema: withoutDialect(z.toJSONSchema(schema)) } },
})

const text = (description: string): Json => ({
  description,
  content: { 'text/plain': { schema: { type: 'string' } } },
})

/** OpenAPI names the dialect once, for all its schemas. */
function withoutDialect({ $schema: _, ...schema }: Json): Json {
  return schema
}

const health = (operationId: string): Json => ({
  get: {
    operationId,
    summary: 'Whether the process lives, and how many people it serves',
    responses: { 200: json('It lives.', healthSchema) },
  },
})

const plain = (description: string): Json => ({ description })

/** A version, as both sides tell it. */
const versionTag: Json = { type: 'string', pattern: '^"\\d{1,12}"$' }
const tagged = (description: string): Json => ({
  description,
  headers: { ETag: { description: 'The version.', schema: versionTag } },
})
const sealed: Json = {
  'application/octet-stream': { schema: { type: 'string', format: 'binary' } },
}
const refusals: Json = {
  401: plain('No certificate of this room, or one that has run out.'),
  403: plain('Whoever shows it has no seat here any more, or may not do this.'),
  429: plain('Too often; Retry-After says when it is worth to ask again.'),
  503: plain('The store cannot be reached, or too many are served at once; see Retry-After.'),
}
const slotOf = (operationId: string, summary: string, more: Json, responses: Json): Json => ({
  operationId,
  summary,
  security: [{ seatCertificate: [] }],
  ...more,
  responses: { ...responses, ...refusals },
})
const header = (name: string, description: string, schema: Json): Json => ({
  in: 'header',
  name,
  description,
  schema,
})

const slot: Json = {
  parameters: [
    {
      in: 'path',
      name: 'room',
      required: true,
      description: 'The room id: SIG7 of protocol.md.',
      schema: { type: 'string', pattern: '^[a-z2-7]{52}$' },
    },
  ],
  get: slotOf(
    'readSlot',
    'What the room left behind, sealed: the newest version, or the newest before another',
    {
      parameters: [
        { in: 'query', name: 'before', schema: { type: 'string', pattern: '^\\d{1,12}$' } },
      ],
    },
    {
      200: { ...tagged('That version.'), content: sealed },
      404: plain('There is none, or slots are off.'),
    },
  ),
  put: slotOf(
    'writeSlot',
    'Writes the version after the present one; for hosts and players',
    {
      parameters: [
        header('If-Match', 'The version that must be the present one.', versionTag),
        header('If-None-Match', 'In its place: there must be none.', { const: '*' }),
      ],
      requestBody: { required: true, content: sealed },
    },
    {
      204: tagged('It is the present version now.'),
      400: plain('The body was empty, or ended before its end.'),
      404: plain('Slots are off.'),
      412: tagged('Another version is the present one; 0: there is none.'),
      413: plain(`More than ${String(MAX_SLOT_BYTES)} bytes.`),
      428: plain('The request does not say which version it follows.'),
      507: plain('The store has no place for it.'),
    },
  ),
  delete: slotOf(
    'deleteSlot',
    'Deletes all versions; for hosts and players, and by a former name of the room for hosts',
    {},
    { 204: plain('There are none.'), 404: plain('Slots are off.') },
  ),
}

/** The routes that answer programs, as OpenAPI 3.1; the page itself and its files are left out. */
export const describeHttp = (): Json => ({
  openapi: '3.1.0',
  info: {
    title: 'Beatcord signal server',
    version: packageJson.version,
    license: { name: 'MIT', identifier: 'MIT' },
    description: 'Everything else is said over one WebSocket at /ws: see protocol.md.',
  },
  paths: {
    '/health': health('health'),
    '/api/health': health('apiHealth'),
    '/ready': {
      get: {
        operationId: 'ready',
        summary: 'Whether newcomers are welcome; who is inside is served in any case',
        responses: {
          200: json('They are.', readySchema),
          503: json('The server stops, or has too much to do.', readySchema),
        },
      },
    },
    '/metrics': {
      get: {
        operationId: 'metrics',
        summary: 'Prometheus metrics, where METRICS_TOKEN is set; on METRICS_PORT without a token',
        security: [{ metricsToken: [] }],
        responses: { 200: text('The metrics.'), 401: text('The token is missing or wrong.') },
      },
    },
    '/api/keys': {
      get: {
        operationId: 'keys',
        summary: 'The public keys of seat certificates',
        responses: { 200: json('Those of yesterday, today and tomorrow.', keysSchema) },
      },
    },
    '/api/lan': {
      get: {
        operationId: 'lan',
        summary: 'Where others in the same network find the page',
        responses: {
          200: json('Where they find it.', lanSchema),
          404: text('Not asked by a browser of this machine.'),
        },
      },
    },
    '/api/rooms/{room}/slot': slot,
  },
  components: {
    securitySchemes: {
      metricsToken: { type: 'http', scheme: 'bearer' },
      seatCertificate: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
    },
  },
})
