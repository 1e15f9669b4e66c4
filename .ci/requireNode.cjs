'use strict';
// Plain CommonJS that every Node since 12 can parse: an older Node must reach the sentence below, not a syntax error.
var version = process.versions.node.split('.').map(Number);
if (version[0] < 24 || (version[0] === 24 && version[1] < 7)) {
  process.stderr.write(
    'This project needs Node 24.7 or newer; this is ' + process.version + ' on ' + process.platform + '-' + process.arch + '.\n' +
    'On Linux x64 and arm64 `npm ci` brings Node 24 and npm scripts use it; elsewhere install Node 24.7 or newer and run this again.\n');
  process.exit(1);
}
