// Reads a push with an implementation that is not ours (npm http_ece): {body, private_key, auth} in base64url on
// standard input, the text on standard output.
const crypto = require('crypto');
const path = require('path');
const ece = require(path.join(__dirname, '..', '..', 'web', 'node_modules', 'http_ece'));

const { body, private_key: privateKey, auth } = JSON.parse(require('fs').readFileSync(0, 'utf8'));
const receiver = crypto.createECDH('prime256v1');
receiver.setPrivateKey(Buffer.from(privateKey, 'base64url'));
process.stdout.write(ece.decrypt(Buffer.from(body, 'base64url'), { version: 'aes128gcm', privateKey: receiver, authSecret: auth }));
