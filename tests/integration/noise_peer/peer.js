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
const crypto = require('crypto')
const { parseArgs } = require('util')
const { FRAGMENT, REKEY_FRAMES, fail, ensure, open } = require('./channel')

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

async function main () {
  const channel = await open({
    host: asked.host,
    port: +asked.port,
    serverKey: asked['server-key'],
    instance: asked.instance,
    purpose: +asked.purpose,
    payload: Buffer.from(asked.payload, 'hex'),
    tamper: asked.tamper === undefined ? undefined : +asked.tamper,
    refused: asked.refused
  })
  if (!channel) return
  const welcome = await channel.receive()
  if (asked.transcript) ensure(welcome.equals(channel.hash), 'the handshake hashes differ')

  for (let i = 0; i < +asked.echoes; i++) {
    // Mostly small, some around the fragment and padding edges, some of several fragments.
    const size = i % 50 === 49 ? crypto.randomInt(200000) : i % 10 === 9 ? FRAGMENT - 2 + i % 4 : crypto.randomInt(7000)
    const message = crypto.randomBytes(size)
    channel.send(message)
    ensure((await channel.receive()).equals(message), `echo ${i} of ${size} bytes differs`)
  }
  if (asked.rekey) {
    for (let sent = 0; sent < REKEY_FRAMES + 1000; sent += 500) {
      channel.write(Buffer.concat(Array.from({ length: 500 }, (_, i) => channel.out.seal(Buffer.from([i & 255])))))
      for (let i = 0; i < 500; i++) {
        ensure((await channel.receive())[0] === (i & 255), 'an echo around the rekey differs')
      }
    }
    ensure(channel.out.frames > REKEY_FRAMES && channel.back.frames > REKEY_FRAMES, 'no rekey happened')
  }
  channel.end()
}

main().then(() => process.exit(0), error => fail(error.stack))
