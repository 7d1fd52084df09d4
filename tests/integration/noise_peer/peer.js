// A client of the channel written against the npm package noise-handshake instead of our own code
// (protocol/SPEC.md 2 to 5). Exits 0 when everything went as asked, else 1 with the reason.
//
//   node peer.js --port N --server-key HEX --instance HEX [--host 127.0.0.1] [--purpose 1]
//                [--payload HEX]      what message 3 carries
//                [--echoes 0]         messages that must come back equal, of random sizes
//                [--rekey]            then pass 65,536 frames in both directions
//                [--transcript]       the server's first message must be the handshake hash
//                [--tamper OFFSET]    change that byte of message 1
//                [--refused]          the server must close without a byte
const net = require('net')
const crypto = require('crypto')
const { parseArgs } = require('util')
const Noise = require('noise-handshake')
const Cipher = require('noise-handshake/cipher')

const text = { type: 'string' }
const flag = { type: 'boolean', default: false }
const { values: asked } = parseArgs({
  options: {
    host: { ...text, default: '127.0.0.1' },
    port: text,
    'server-key': text,
    instance: text,
    purpose: { ...text, default: '1' },
    payload: { ...text, default: '' },
    echoes: { ...text, default: '0' },
    tamper: text,
    rekey: flag,
    transcript: flag,
    refused: flag
  }
})

const FRAGMENT = 65279
const REKEY_FRAMES = 65536

function fail (reason) {
  console.error('noise_peer: ' + reason)
  process.exit(1)
}

function ensure (condition, reason) {
  if (!condition) fail(reason)
}

/// Spec rekey; by Node's own cipher, because the package counts nonces in 32 bits.
function rekeyed (key) {
  const nonce = Buffer.alloc(12, 0xff).fill(0, 0, 4)
  const cipher = crypto.createCipheriv('chacha20-poly1305', key, nonce, { authTagLength: 16 })
  return cipher.update(Buffer.alloc(32))
}

/// One direction: its cipher, and a new key after every 65,536 frames. (1 GiB is never reached.)
class Direction {
  constructor (key) {
    this.cipher = new Cipher(Buffer.from(key))
    this.frames = 0
  }

  pass (work) {
    const result = work(this.cipher)
    if (++this.frames % REKEY_FRAMES === 0) this.cipher.key = rekeyed(this.cipher.key)
    return result
  }

  seal (message) {
    const frames = []
    do {
      const data = message.subarray(0, FRAGMENT)
      message = message.subarray(data.length)
      const plain = Buffer.alloc(Math.ceil((data.length + 1) / 256) * 256)
      data.copy(plain)
      plain[data.length] = message.length > 0 ? 1 : 2
      frames.push(framed(this.pass(cipher => cipher.encrypt(plain))))
    } while (message.length > 0)
    return Buffer.concat(frames)
  }

  open (frame) {
    const plain = this.pass(cipher => cipher.decrypt(frame))
    let end = plain.length
    while (plain[end - 1] === 0) end--
    return { data: plain.subarray(0, end - 1), last: plain[end - 1] === 2 }
  }
}

function framed (body) {
  const length = Buffer.alloc(2)
  length.writeUInt16BE(body.length)
  return Buffer.concat([length, body])
}

/// Reads exact numbers of bytes from a socket; null once it is closed.
class Stream {
  constructor (socket) {
    this.iterator = socket[Symbol.asyncIterator]()
    this.held = Buffer.alloc(0)
  }

  async take (size) {
    while (this.held.length < size) {
      const next = await this.iterator.next().catch(() => ({ done: true }))
      if (next.done) return null
      this.held = Buffer.concat([this.held, next.value])
    }
    const taken = this.held.subarray(0, size)
    this.held = this.held.subarray(size)
    return taken
  }

  async frame () {
    const length = await this.take(2)
    return length && this.take(length.readUInt16BE())
  }

  async message (direction) {
    const parts = []
    for (;;) {
      const frame = await this.frame()
      ensure(frame, 'the server closed the connection')
      const { data, last } = direction.open(frame)
      parts.push(data)
      if (last) return Buffer.concat(parts)
    }
  }
}

async function main () {
  const noise = new Noise('XK', true)
  noise.initialise(
    Buffer.concat([Buffer.from('dossier/1'), Buffer.from([+asked.purpose]), Buffer.from(asked.instance, 'hex')]),
    Buffer.from(asked['server-key'], 'hex'))
  const socket = net.connect(+asked.port, asked.host)
  socket.on('error', error => asked.refused || fail(error.message))
  const stream = new Stream(socket)

  const first = Buffer.from(noise.send(Buffer.alloc(48)))
  if (asked.tamper !== undefined) first[+asked.tamper] ^= 1
  socket.write(framed(first))
  const second = await stream.frame()
  if (asked.refused) {
    ensure(second === null && stream.held.length === 0, 'the server answered what it must refuse')
    return
  }
  ensure(second, 'the server refused message 1')
  noise.recv(second)
  socket.write(framed(noise.send(Buffer.from(asked.payload, 'hex'))))

  const out = new Direction(noise.tx)
  const back = new Direction(noise.rx)
  const welcome = await stream.message(back)
  if (asked.transcript) ensure(welcome.equals(noise.hash), 'the handshake hashes differ')

  for (let i = 0; i < +asked.echoes; i++) {
    // Mostly small, some around the fragment and padding edges, some of several fragments.
    const size = i % 50 === 49 ? crypto.randomInt(200000) : i % 10 === 9 ? FRAGMENT - 2 + i % 4 : crypto.randomInt(7000)
    const message = crypto.randomBytes(size)
    socket.write(out.seal(message))
    ensure((await stream.message(back)).equals(message), `echo ${i} of ${size} bytes differs`)
  }
  if (asked.rekey) {
    for (let sent = 0; sent < REKEY_FRAMES + 1000; sent += 500) {
      socket.write(Buffer.concat(Array.from({ length: 500 }, (_, i) => out.seal(Buffer.from([i & 255])))))
      for (let i = 0; i < 500; i++) {
        ensure((await stream.message(back))[0] === (i & 255), 'an echo around the rekey differs')
      }
    }
    ensure(out.frames > REKEY_FRAMES && back.frames > REKEY_FRAMES, 'no rekey happened')
  }
  socket.end()
}

main().then(() => process.exit(0), error => fail(error.stack))
