import { makeConnection } from './station.ts';

// A service that is killed by its test: it connects to the broker named and stays.
const [, , url = ''] = process.argv;
makeConnection(url).connection.start();
