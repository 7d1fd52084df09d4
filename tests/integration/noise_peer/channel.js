// The channel of protocol/SPEC.md 2 to 5 written against the npm package noise-handshake instead of
// our own code: handshake, padded frames, rekeys. What differs ends the program with the reason.
const net = require('net')
const crypto = require('crypto')
const Noise = require('noise-handshake')
const Cipher = require('noise-handshake/cipher')

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

/// Opens the channel. `to`: host, port, serverKey and instance (hex), purpose; of it may be given
/// keys (ours, proven to the server), payload of message 3, tamper (byte of message 1 to change)
/// and refused (the server must close without a byte: then there is no channel).
async function open (to) {
  const noise = new Noise('XK', true, to.keys)
  noise.initialise(
    Buffer.concat([Buffer.from('dossier/1'), Buffer.from([to.purpose]), Buffer.from(to.instance, 'hex')]),
    Buffer.from(to.serverKey, 'hex'))
  const socket = net.connect(to.port, to.host)
  socket.on('error', error => to.refused || fail(error.message))
  const stream = new Stream(socket)

  const first = Buffer.from(noise.send(Buffer.alloc(48)))
  if (to.tamper !== undefined) first[to.tamper] ^= 1
  socket.write(framed(first))
  const second = await stream.frame()
  if (to.refused) {
    ensure(second === null && stream.held.length === 0, 'the server answered what it must refuse')
    return null
  }
  ensure(second, 'the server refused message 1')
  noise.recv(second)
  socket.write(framed(noise.send(to.payload || Buffer.alloc(0))))
  const out = new Direction(noise.tx)
  const back = new Direction(noise.rx)
  return {
    hash: noise.hash,
    out,
    back,
    send: message => socket.write(out.seal(message)),
    write: bytes => socket.write(bytes),
    receive: () => stream.message(back),
    closed: async () => await stream.frame() === null,
    end: () => socket.end()
  }
}

module.exports = { FRAGMENT, REKEY_FRAMES, fail, ensure, open }
