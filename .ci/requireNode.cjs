'use strict';
// Plain CommonJS that every Node since 12 can parse: an older Node must reach the sentence below, not a syntax error.
var major = Number(process.versions.node.split('.')[0]);
if (major < 24) {
  process.stderr.write(
    'This project needs Node 24 or newer; this is ' + process.version + ' on ' + process.platform + '-' + process.arch + '.\n' +
    'On Linux x64 and arm64 `npm ci` brings Node 24 and npm scripts use it; elsewhere install Node 24 and run this again.\n');
  process.exit(1);
}
