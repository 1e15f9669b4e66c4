import { describeRoomsContract } from '../../support/roomsContract.ts';

describeRoomsContract('two workers beside it', { workers: 2 });
