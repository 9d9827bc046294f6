// A WebSocket server with rooms: clients come, say something to all, and go.
const http = require('node:http');
const { WebSocket, WebSocketServer } = require('ws');
const { listen } = require('../client.cjs');
const { rounds } = require('../rounds.cjs');

const server = http.createServer();
const sockets = new WebSocketServer({ server });
const rooms = new Map();
sockets.on('connection', (socket, request) => {
  const room = request.url;
  if (!rooms.has(room)) rooms.set(room, new Set());
  rooms.get(room).add(socket);
  socket.on('message', (text) => {
    for (const other of rooms.get(room)) other.send(String(text));
  });
  socket.on('close', () => {
    rooms.get(room).delete(socket);
    if (rooms.get(room).size === 0) rooms.delete(room);
  });
});

function talk(number) {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://127.0.0.1:${server.address().port}/room-${number}`);
    socket.on('open', () => socket.send(`hello ${number}`));
    socket.on('message', () => socket.close());
    socket.on('close', resolve);
    socket.on('error', reject);
  });
}

listen(server).then(() => rounds(talk, { warm: 30, items: 40 }));
