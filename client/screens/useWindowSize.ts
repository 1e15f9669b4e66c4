import { useEffect, useState } from 'react';

const readWindowSize = () => ({ widthPx: window.innerWidth, heightPx: window.innerHeight });

/** Of the page, in CSS px. */
export function useWindowSize(): { readonly widthPx: number; readonly heightPx: number } {
  const [size, setSize] = useState(readWindowSize);
  useEffect(() => {
    const handleResize = () => setSize(readWindowSize());
    window.addEventListener('resize', handleResize);
    return () => window.removeEventListener('resize', handleResize);
  }, []);
  return size;
}
