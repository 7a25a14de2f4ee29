export { getJson, putJson } from './documents.js';
