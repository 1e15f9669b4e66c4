/** Names what this page was built from. Written into it by `client/build.ts`; '' in a page from vite's own server. */
export const BUILD_ID: string = import.meta.env.VITE_BUILD_ID ?? '';
