import { z } from 'zod';
import { ChannelDto } from '../../../shared/protocol/http.ts';

/** Answer of /api/v1/channels. */
export const ChannelList = z.array(ChannelDto);
