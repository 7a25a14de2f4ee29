/** What makes ids, hashes and times, as data: exports by module, as paths joined with dots. */

type Exports = Readonly<Record<string, readonly string[]>>;

/** Exports that make a new id at each call, by module; `''` is the module's default export called itself. */
export const makers: Exports = {
  crypto: ['randomUUID', 'randomBytes', 'randomFillSync'],
  uuid: ['v1', 'v4', 'v6', 'v7', ''],
  'uuid/v1': [''],
  'uuid/v4': [''],
  'uuid/v7': [''],
  'uuid-random': [''],
  uuidv4: ['uuid', ''],
  uuidv7: ['uuidv7'],
  '@lukeed/uuid': ['v4', 'uuid', ''],
  'node-uuid': ['v1', 'v4', ''],
  'react-uuid': [''],
  uid: ['uid', ''],
  'uid/secure': ['uid'],
  uniqid: ['', 'process', 'time'],
  'unique-string': ['', 'uniqueStringAsync'],
  mdbid: [''],
  slugid: ['v4', 'nice', ''],
  ulid: ['ulid', ''],
  ulidx: ['ulid'],
  nanoid: ['nanoid'],
  'nanoid/non-secure': ['nanoid'],
  'nanoid/async': ['nanoid'],
  cuid: ['', 'cuid'],
  '@paralleldrive/cuid2': ['createId', ''],
  ksuid: ['random', 'randomSync', 'KSUID.random', 'KSUID.randomSync'],
  '@owpz/ksuid': ['KSUID.random'],
  xid: ['next'],
  'xid-js': ['next'],
  shortid: ['generate', ''],
  hyperid: [''],
  tsid: ['getTsid'],
  typeid: ['typeid'],
  'typeid-js': ['typeid', 'typeidUnboxed'],
  'crypto-random-string': ['', 'cryptoRandomStringAsync'],
  'short-uuid': ['generate', 'uuid'],
  '@sapphire/snowflake': ['Snowflake.generate'],
};

/** Exports that make a maker: `customAlphabet(…)` and `init(…)` give a function that makes ids. */
export const factories: Exports = {
  nanoid: ['customAlphabet', 'customRandom'],
  'nanoid/non-secure': ['customAlphabet'],
  '@paralleldrive/cuid2': ['init'],
  ulid: ['monotonicFactory', 'factory'],
  hyperid: [''],
  'short-uuid': [''],
};

/** Classes whose instances are new ids. */
export const classes: Exports = {
  mongodb: ['ObjectId', 'ObjectID'],
  bson: ['ObjectId', 'ObjectID'],
  mongoose: ['Types.ObjectId', 'mongo.ObjectId'],
  'bson-objectid': [''],
  ulidx: ['ULID'],
};

/** Functions that digest what they are given. */
export const digests: Exports = {
  crypto: ['createHash', 'hash', 'subtle.digest', 'webcrypto.subtle.digest'],
  'object-hash': ['', 'sha1', 'MD5'],
  ohash: ['hash', 'sha256'],
  md5: [''],
  sha1: [''],
  'hash-wasm': ['md5', 'sha1', 'sha256', 'xxhash64', 'blake3'],
  'hash.js': ['sha256', 'sha1', 'sha512'],
  'js-sha256': ['sha256', ''],
  'crypto-js': ['MD5', 'SHA1', 'SHA256', 'SHA512'],
  '@noble/hashes/sha256': ['sha256'],
  '@noble/hashes/sha2': ['sha256', 'sha512'],
  'multiformats/hashes/sha2': ['sha256.digest', 'sha512.digest'],
  'blueimp-md5': [''],
  'crypto-js/md5': [''],
  'crypto-js/sha256': [''],
  'js-md5': ['md5', ''],
  'md5-file/promise': [''],
  'md5-file': ['', 'sync'],
  'spark-md5': ['hash', 'hashBinary', 'ArrayBuffer.hash'],
  'ts-md5': ['Md5.hashStr', 'Md5.hashAsciiStr'],
  hasha: ['', 'hash', 'hashFile', 'hashSync', 'hashFileSync', 'fromFile', 'fromFileSync', 'fromStream'],
  etag: [''],
};

/** What makes an object that digests what it is fed: `createHash('md5').update(body)`. */
export const hashers: Exports = {
  crypto: ['createHash', 'createHmac', 'Hash'],
  'hash-wasm': ['createMD5', 'createSHA1', 'createSHA256', 'createXXHash64'],
  'hash.js': ['sha256', 'sha1', 'sha512'],
  'spark-md5': ['', 'ArrayBuffer'],
  'ts-md5': ['Md5', 'ParallelHasher'],
  'md5.js': [''],
  'sha.js': [''],
  '@aws-crypto/sha256-js': ['Sha256'],
};

/** Exports that tell the time to the millisecond or finer. */
export const clocks: Exports = {
  perf_hooks: ['performance.now'],
  process: ['hrtime', 'hrtime.bigint'],
};

/** Exported names that mean the same in every package. */
export const anywhere = /^(?:randomUUID|uuidv?[1-7]|nanoid|ulid|cuid2?|ksuid)$/i;

/** An exported name that ends in a kind of id, and one that says that it makes one. */
export const namesId = /(?:id|uuid|guid|hash|token|slug|string|hex|random)$/i;
export const namesMaker = /^(?:create|generate|gen|make|new|random|unique|build)_?\w*(?:id|uuid|guid|ulid)$|^(?:uuid|guid|ulid|nanoid|cuid|ksuid|uid)(?:v?\d)?$/i;

/** A text that speaks of a hash: the name of a function that makes one, or of what it is made with. */
export const namesDigest = /md5|sha-?(?:1|224|256|384|512)(?!\d)|hash(?!tag|map|change)|digest|checksum/i;

/** Whether a name of a module stands in a table. */
export const isListed = (table: Exports, { module, path }: { readonly module: string; readonly path: readonly string[] }): boolean =>
  Object.hasOwn(table, module) && (table[module]?.includes(path.join('.')) ?? false);
