// Usage: node check.mjs URL EXPECTED [late]
//
// Reads a served journal to its end through the public client library coinbase-api, builds the books only from what the
// library hands over, and compares books and trades with EXPECTED, a report of `aegis inspect --books --json`. With "late",
// what there is of all products but the first is subscribed to when the first one's book has changed 50 times, and trades are
// not compared. Exit code 1 if anything differs.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { WebsocketClient } from 'coinbase-api';

const FEED = 'advTradeMarketData';
const UPDATES_BEFORE_LATE = 50;
const SILENCE_LIMIT_MS = 60_000;
const DECIMALS = 18;

const [url, expectedFile, mode] = process.argv.slice(2);
const expected = JSON.parse(readFileSync(expectedFile, 'utf8'));
const products = Object.keys(expected.books);
const late = mode === 'late';

const books = new Map();
const trades = new Map(products.map((product) => [product, new Set()]));
const faults = [];
let nextSequence = 0;
let messages = 0;
let snapshots = 0;
let updates = 0;
let heartbeats = 0;
let nextHeartbeat = null;
let lateSubscribed = false;
let lastMessageMs = Date.now();

function fault(text) {
    faults.push(text);
}

function number(decimal) {
    const [whole, fraction = ''] = decimal.split('.');
    return BigInt(whole + fraction.padEnd(DECIMALS, '0'));
}

function plain(decimal) {
    return decimal.includes('.') ? decimal.replace(/\.?0+$/, '') : decimal;
}

function onLevels(event) {
    if (event.type === 'snapshot') {
        snapshots++;
        books.set(event.product_id, { bid: new Map(), ask: new Map() });
    } else {
        updates++;
    }
    const book = books.get(event.product_id);
    if (!book) {
        fault(`an update of ${event.product_id} before its snapshot`);
        return;
    }
    for (const level of event.updates) {
        const side = level.side === 'bid' ? book.bid : book.ask;
        if (number(level.new_quantity) === 0n) {
            side.delete(plain(level.price_level));
        } else {
            side.set(plain(level.price_level), plain(level.new_quantity));
        }
    }
}

function onTrades(event) {
    if (event.type !== 'update') {
        return;
    }
    for (const trade of event.trades) {
        const seen = trades.get(trade.product_id);
        if (seen.has(trade.trade_id)) {
            fault(`trade ${trade.trade_id} of ${trade.product_id} came twice`);
        }
        seen.add(trade.trade_id);
    }
}

function onHeartbeat(event) {
    heartbeats++;
    if (nextHeartbeat !== null && event.heartbeat_counter !== nextHeartbeat) {
        fault(`heartbeat ${event.heartbeat_counter} where ${nextHeartbeat} was due`);
    }
    nextHeartbeat = event.heartbeat_counter + 1;
}

const handlers = { l2_data: onLevels, market_trades: onTrades, heartbeats: onHeartbeat };

function onMessage(message) {
    messages++;
    lastMessageMs = Date.now();
    if (message.sequence_num !== nextSequence) {
        fault(`sequence number ${message.sequence_num} where ${nextSequence} was due`);
    }
    nextSequence = message.sequence_num + 1;
    const handler = handlers[message.channel];
    if (handler) {
        message.events.forEach(handler);
    }
    if (late && !lateSubscribed && updates >= UPDATES_BEFORE_LATE) {
        lateSubscribed = true;
        subscribe(products.slice(1));
    }
}

function sideText(name, side, direction) {
    return [...side]
        .map(([price, size]) => ({ price, size, rank: number(price) }))
        .sort((a, b) => (a.rank < b.rank ? -direction : direction))
        .map(({ price, size }) => `${name} ${price} ${size}\n`)
        .join('');
}

function compare() {
    for (const product of products) {
        const book = books.get(product) ?? { bid: new Map(), ask: new Map() };
        const text = sideText('bid', book.bid, -1) + sideText('ask', book.ask, 1);
        const sha256 = createHash('sha256').update(text).digest('hex');
        if (sha256 !== expected.books[product].sha256) {
            fault(`the book of ${product} has ${book.bid.size} bids and ${book.ask.size} asks and differs from the one expected`
                + ` with ${expected.books[product].bid_levels} and ${expected.books[product].ask_levels}`);
        }
        const count = trades.get(product).size;
        if (!late && count !== expected.products[product].trades) {
            fault(`${count} trades of ${product} came, ${expected.products[product].trades} were expected`);
        }
    }
    if (snapshots !== products.length) {
        fault(`${snapshots} snapshots came for ${products.length} books`);
    }
    if (heartbeats === 0) {
        fault('no heartbeat came');
    }
}

function end() {
    compare();
    const counts = products.map((product) => `${trades.get(product).size} trades of ${product}`).join(', ');
    console.log(`coinbase-api got ${messages} messages: ${snapshots} snapshots, ${updates} updates, ${counts}, ${heartbeats} heartbeats`);
    faults.slice(0, 10).forEach((text) => console.log(`  ${text}`));
    console.log(faults.length === 0 ? 'as expected' : `${faults.length} faults`);
    process.exit(faults.length === 0 ? 0 : 1);
}

const quiet = { trace() {}, info() {}, error: (...text) => console.error('coinbase-api:', ...text) };
const client = new WebsocketClient({ wsUrl: url }, quiet);

function subscribe(ids) {
    client.subscribe([
        { topic: 'level2', payload: { product_ids: ids } },
        { topic: 'market_trades', payload: { product_ids: ids } },
    ], FEED);
}

client.on('update', onMessage);
client.on('response', onMessage);
client.on('exception', (error) => fault(`the library reports ${JSON.stringify(error)}`));
// The server closes at the end of the journal, upon which the library announces that it will connect again.
client.on('reconnect', end);
client.on('close', end);
setInterval(() => {
    if (Date.now() - lastMessageMs > SILENCE_LIMIT_MS) {
        fault(`nothing came for ${SILENCE_LIMIT_MS / 1000} s`);
        end();
    }
}, 1_000);

client.subscribe([{ topic: 'heartbeats', payload: {} }], FEED);
subscribe(late ? products.slice(0, 1) : products);
