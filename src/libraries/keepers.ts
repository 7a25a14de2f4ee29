/** Libraries that keep values beyond the operation that made them, as data. */

/** Modules whose objects keep values between operations. */
export const stores = new Set(['redis', 'ioredis', '@redis/client', '@upstash/redis', '@vercel/kv', 'memcached', 'memjs', 'lru-cache', 'node-cache', 'keyv', 'cache-manager', 'quick-lru', 'mnemonist/lru-cache', 'tiny-lru', '@isaacs/ttlcache', 'flat-cache', 'catbox', 'level', 'lmdb']);

/** Databases that are asked with commands. */
export const documentStores = /^@aws-sdk\/(?:client-dynamodb|lib-dynamodb)$/;

/** Functions that keep what another function returned, by module. */
export const memoisers: Readonly<Record<string, readonly string[]>> = {
  lodash: ['memoize'],
  'lodash/memoize': [''],
  'lodash-es': ['memoize'],
  'lodash.memoize': [''],
  memoizee: [''],
  mem: [''],
  'p-memoize': [''],
  memoize: [''],
  'fast-memoize': [''],
  'micro-memoize': [''],
  'memoize-one': [''],
  moize: [''],
  react: ['cache'],
  'next/cache': ['unstable_cache'],
};

/** Hooks whose state lives as long as a component, by module. */
export const reactState: Readonly<Record<string, readonly string[]>> = {
  react: ['useState', 'useRef', 'useContext', 'useMemo', 'useReducer'],
  'preact/hooks': ['useState', 'useRef', 'useContext', 'useMemo', 'useReducer'],
  '@tanstack/react-query': ['useQuery', 'useSuspenseQuery'],
  'react-query': ['useQuery'],
  swr: [''],
};
