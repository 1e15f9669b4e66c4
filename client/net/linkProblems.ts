import type { Problem } from '../../shared/protocol/socket.ts';

/** What this page itself has to say about its link, in the words of the wall. */
export const LINK_PROBLEMS = {
  protocol: {
    severity: 'error', code: 'protocol', message: 'Máy chủ dùng phiên bản giao thức khác với trang này.', tip: 'Tải lại trang.',
  },
  noChannel: {
    severity: 'error', code: 'no-channel', message: 'Máy chủ không mở kênh mà trang này cần.', tip: 'Hãy chọn kênh khác hoặc kiểm tra cấu hình máy chủ.',
  },
  otherEdition: {
    severity: 'error', code: 'other-edition', message: 'Máy chủ dùng danh mục đơn vị hành chính hoặc chỉ tiêu khác với trang này.', tip: 'Tải lại trang.',
  },
  clockWrong: {
    severity: 'info', code: 'clock-wrong', message: 'Đồng hồ của thiết bị này lệch hơn 5 giây so với máy chủ.', tip: 'Tuổi số liệu vẫn đúng; hãy bật đồng bộ giờ cho thiết bị.',
  },
  unreadable: {
    severity: 'warning', code: 'unreadable', message: 'Máy chủ gửi một thông báo mà trang này không đọc được.', tip: 'Nếu còn lặp lại, hãy tải lại trang.',
  },
} as const satisfies Record<string, Problem>;
