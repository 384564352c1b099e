/** The least that a WebSocket server can do: says back what it hears. Plain JavaScript, so that nothing but Node and ws runs. */
import { createServer } from 'node:http'
import { stdout } from 'node:process'
import { WebSocketServer } from 'ws'

const http = createServer((_request, response) => response.end('okay'))
new WebSocketServer({ server: http }).on('connection', (socket) => {
  socket.on('message', (data) => {
    socket.send(data.toString())
  })
})
http.listen(0, () => stdout.write(`${http.address().port}\n`))
